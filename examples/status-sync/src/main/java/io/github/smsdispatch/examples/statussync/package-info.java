/** Finds out what became of messages that another program sent. */
@NullMarked
package io.github.smsdispatch.examples.statussync;

import org.jspecify.annotations.NullMarked;
