/**
 * The provider {@code vonage}: Vonage's SMS API for sending and its Reports API for looking up. Of Vonage's SDK the
 * message model is used, which knows names and bounds of the parameters; its client is not: it is made for one thread at
 * a time, loses HTTP status and headers of an answer, and logs credentials, numbers and texts at FINE (seen with 9.3.1).
 */
@NullMarked
package io.github.smsdispatch.vonage;

import org.jspecify.annotations.NullMarked;
