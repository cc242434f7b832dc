package io.github.smsdispatch.killharness;

import java.time.Duration;

/**
 * A kill to come, or an orderly stop.
 *
 * @param role what kind of process
 * @param orderly true: a node is asked to end, and gives back what it has claimed; false: SIGKILL
 * @param after how much of the messages must be enqueued by then, 0 to 1; 1: all of them
 * @param pause how long after the strike before it, at least
 * @param back how long after its end the process is started again
 */
record Strike(Role role, boolean orderly, double after, Duration pause, Duration back) {}
