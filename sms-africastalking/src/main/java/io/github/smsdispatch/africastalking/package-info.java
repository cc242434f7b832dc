/**
 * The provider {@code africastalking}: the bulk SMS API of Africa's Talking in its form version, one text to many
 * recipients in one request. Written against the wire: the vendor's Java SDK drops the sentence that says why an answer
 * names no recipient, so that a refusal looks like a success (seen with 3.5.3).
 */
@NullMarked
package io.github.smsdispatch.africastalking;

import org.jspecify.annotations.NullMarked;
