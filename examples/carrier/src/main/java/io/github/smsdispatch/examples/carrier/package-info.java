/** The carrier simulator as a program. */
@NullMarked
package io.github.smsdispatch.examples.carrier;

import org.jspecify.annotations.NullMarked;
