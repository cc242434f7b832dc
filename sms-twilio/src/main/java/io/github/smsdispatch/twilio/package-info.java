/**
 * The provider {@code twilio}: Twilio's Programmable Messaging over the 2010-04-01 REST API, and Lookup v2. Twilio's SDK
 * writes the questions; hand-overs are written, all is sent and the answers are read here, as the SDK repeats a hand-over
 * up to six times after a server error (measured with 13.0.1) although Twilio says that sending is not idempotent.
 */
@NullMarked
package io.github.smsdispatch.twilio;

import org.jspecify.annotations.NullMarked;
