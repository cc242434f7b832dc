/**
 * Kills engine nodes, carriers, the enqueuer and the database at random, starts them again, and compares in the end what
 * the carriers took with what the store says; {@code KillHarness} is the door.
 */
@NullMarked
package io.github.smsdispatch.killharness;

import org.jspecify.annotations.NullMarked;
