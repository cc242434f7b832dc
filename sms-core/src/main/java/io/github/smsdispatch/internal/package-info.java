/** Small parts that engine and tracker share: health of an account, pauses, threads, writing in groups. Not exported. */
@NullMarked
package io.github.smsdispatch.internal;

import org.jspecify.annotations.NullMarked;
