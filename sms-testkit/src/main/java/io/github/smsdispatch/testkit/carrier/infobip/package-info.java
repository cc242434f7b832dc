/** Infobip's wire format. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.infobip;

import org.jspecify.annotations.NullMarked;
