/** How a text travels: its encoding (GSM-7 or UCS-2), its segments, and where a long one may be cut. */
@NullMarked
package io.github.smsdispatch.text;

import org.jspecify.annotations.NullMarked;
