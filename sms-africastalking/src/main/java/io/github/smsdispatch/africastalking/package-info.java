/** Provider for Africa's Talking. */
@NullMarked
package io.github.smsdispatch.africastalking;

import org.jspecify.annotations.NullMarked;
