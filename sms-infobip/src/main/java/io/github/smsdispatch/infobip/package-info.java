/**
 * The provider {@code infobip}: Infobip's SMS API, version 3, for sending and for looking up in its log, and its number
 * look-up. Infobip's own client for Java is not used: it covers the whole platform, changes with each minor release, and
 * what is needed here are two POSTs and one GET.
 */
@NullMarked
package io.github.smsdispatch.infobip;

import org.jspecify.annotations.NullMarked;
