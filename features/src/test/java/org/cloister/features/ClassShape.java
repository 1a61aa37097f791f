package org.cloister.features;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a class has and what it extends. */
final class ClassShape extends ClassVisitor {

    private final List<String> parents = new ArrayList<>();
    private final Set<String> members = new TreeSet<>();
    private final Set<String> abstractMethods = new TreeSet<>();
    private boolean isAbstract;
    private boolean isOurs;

    private ClassShape() {
        super(Opcodes.ASM9);
    }

    static ClassShape of(byte[] classFile) {
        ClassShape shape = new ClassShape();
        new ClassReader(classFile).accept(shape, ClassReader.SKIP_CODE);
        return shape;
    }

    /** Returns the superclass and the interfaces; nothing for {@code Object}. */
    List<String> parents() {
        return parents;
    }

    /** Returns methods and fields as {@link Reference#member()} writes them. */
    Set<String> members() {
        return members;
    }

    Set<String> abstractMethods() {
        return abstractMethods;
    }

    boolean isAbstract() {
        return isAbstract;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        isOurs = name.startsWith("org/cloister/");
        isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        if (superName != null) {
            parents.add(superName);
        }
        parents.addAll(Arrays.asList(interfaces));
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        if (reaches(access)) {
            members.add(Reference.member("", name, descriptor).member());
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        String member = Reference.member("", name, descriptor).member();
        if (reaches(access)) {
            members.add(member);
        }
        if ((access & Opcodes.ACC_ABSTRACT) != 0) {
            abstractMethods.add(member);
        }
        return null;
    }

    /** Nested classes and lambdas reach what is private to ours; nobody reaches what is private to others. */
    private boolean reaches(int access) {
        return isOurs || (access & Opcodes.ACC_PRIVATE) == 0;
    }
}
