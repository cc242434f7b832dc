package io.github.smsdispatch.killharness;

import java.time.Duration;

/**
 * A kill to come.
 *
 * @param role what kind of process
 * @param after how much of the messages must be enqueued by then, 0 to 1; 1: all of them
 * @param pause how long after the kill before it, at least
 * @param back how long after the kill the process is started again
 */
record Strike(Role role, double after, Duration pause, Duration back) {}
