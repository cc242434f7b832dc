/** A campaign from a CSV file to its last delivery receipt; {@code Quickstart} is the door. */
@NullMarked
package io.github.smsdispatch.examples.quickstart;

import org.jspecify.annotations.NullMarked;
