package org.cloister.features;

import java.util.Objects;

/** What a class file uses of another class: the class, or a member of it with its descriptor. */
final class Reference implements Comparable<Reference> {

    private final String owner;
    private final String member;

    private Reference(String owner, String member) {
        this.owner = owner;
        this.member = member;
    }

    /** Returns the use of a class, named as in class files: {@code org/onosproject/net/DeviceId}. */
    static Reference type(String owner) {
        return new Reference(owner, "");
    }

    /** Returns the use of a method or, where the descriptor is that of a value, a field. */
    static Reference member(String owner, String name, String descriptor) {
        return new Reference(owner, descriptor.startsWith("(") ? name + descriptor : name + " " + descriptor);
    }

    String owner() {
        return owner;
    }

    /** Returns name and descriptor; empty for the class itself. */
    String member() {
        return member;
    }

    @Override
    public int compareTo(Reference other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : member.compareTo(other.member);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference && compareTo((Reference) other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, member);
    }

    @Override
    public String toString() {
        return member.isEmpty() ? owner : owner + "." + member;
    }
}
