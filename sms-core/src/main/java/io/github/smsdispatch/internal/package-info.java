/**
 * Small parts that engine and tracker share: health of an account, pauses, threads, writing in groups. And what is needed
 * wherever strangers can fill a log or others' code may throw, for which it is exported to the webhooks, and to nobody else.
 */
@NullMarked
package io.github.smsdispatch.internal;

import org.jspecify.annotations.NullMarked;
