/** Wire format of Africa's Talking. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.africastalking;

import org.jspecify.annotations.NullMarked;
