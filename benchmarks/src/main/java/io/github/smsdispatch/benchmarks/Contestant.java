package io.github.smsdispatch.benchmarks;

/**
 * One of those that are measured beside each other.
 *
 * @param name for the table
 * @param work one unit of work; called by several threads at once
 */
record Contestant(String name, Work work) {
    /** One unit of work. */
    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }
}
