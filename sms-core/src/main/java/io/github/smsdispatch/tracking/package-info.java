/**
 * Finding out what became of messages that others sent: {@link io.github.smsdispatch.tracking.StatusTracker} is the door.
 */
@NullMarked
package io.github.smsdispatch.tracking;

import org.jspecify.annotations.NullMarked;
