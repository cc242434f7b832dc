/** Twilio's wire format. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.twilio;

import org.jspecify.annotations.NullMarked;
