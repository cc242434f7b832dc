/** Vonage's wire format. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.vonage;

import org.jspecify.annotations.NullMarked;
