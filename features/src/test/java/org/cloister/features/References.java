package org.cloister.features;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

import java.util.SortedSet;
import java.util.TreeSet;

/** Collects all that a class file refers to: types wherever they stand, members where code uses them. */
final class References {

    private final SortedSet<Reference> found = new TreeSet<>();

    private References() {
    }

    /** Returns the references of a class file. */
    static SortedSet<Reference> of(byte[] classFile) {
        References references = new References();
        ClassReader reader = new ClassReader(classFile);
        // a remapper is asked about every type there is, in descriptors, signatures and annotations too
        reader.accept(new ClassRemapper(new ClassVisitor(Opcodes.ASM9) {
        }, references.new Types()), 0);
        reader.accept(references.new Members(), 0);
        return references.found;
    }

    private final class Types extends Remapper {

        @Override
        public String map(String internalName) {
            found.add(Reference.type(internalName));
            return internalName;
        }
    }

    private final class Members extends ClassVisitor {

        Members() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean iface) {
                    found.add(Reference.member(owner, name, descriptor));
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                    found.add(Reference.member(owner, name, descriptor));
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle) {
                            Handle handle = (Handle) argument;
                            found.add(Reference.member(handle.getOwner(), handle.getName(), handle.getDesc()));
                        }
                    }
                    if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
                        // the method of the interface that the lambda stands for
                        found.add(Reference.member(Type.getReturnType(descriptor).getInternalName(), name,
                                ((Type) arguments[0]).getDescriptor()));
                    }
                }
            };
        }
    }
}
