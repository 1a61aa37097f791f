package org.cloister.isolation.proof;

/** How many steps a search has left. */
final class Effort {

    private long left;

    Effort(long steps) {
        this.left = steps;
    }

    /**
     * Takes one step.
     *
     * @throws Exceeded if there is none left
     */
    void spend() {
        if (--left < 0) {
            throw new Exceeded();
        }
    }

    /** A search is not finished. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("the search takes too many steps", null, false, false);
        }
    }
}
