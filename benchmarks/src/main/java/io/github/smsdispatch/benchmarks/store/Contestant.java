package io.github.smsdispatch.benchmarks.store;

/**
 * One of those that are measured beside each other.
 *
 * @param name for the table
 * @param oneByOne whether it is too slow for as many messages as the others
 * @param opening prepares a turn
 */
record Contestant(String name, boolean oneByOne, Opening opening) {
    /** Prepares a turn: fresh tables with the given number of messages in them. */
    @FunctionalInterface
    interface Opening {
        Turn open(int messages) throws Exception;
    }
}
