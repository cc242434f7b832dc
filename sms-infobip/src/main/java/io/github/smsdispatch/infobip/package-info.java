/** Provider for Infobip. */
@NullMarked
package io.github.smsdispatch.infobip;

import org.jspecify.annotations.NullMarked;
