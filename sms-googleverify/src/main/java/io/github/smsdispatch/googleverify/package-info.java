/**
 * The provider {@code googleverify}: the issue API of an Exposure Notifications Verification Server. It is no gateway for
 * texts: the server makes a code, writes the text and sends it. What kind of code a message asks for is a
 * {@link io.github.smsdispatch.googleverify.CodeRequest} in its attributes.
 *
 * <p>{@link io.github.smsdispatch.googleverify.VerificationCodes} has the server write a text without sending it, for
 * another provider to carry.
 *
 * <p>Wire facts are from the server's repository, github.com/google/exposure-notifications-verification-server, at commit
 * 5a27cc4 (2023-06-29), read 2026-11; the project has ended with it. Codes are secrets: an answer is read field by field,
 * and the code in it is looked at for being there and nothing else.
 */
@NullMarked
package io.github.smsdispatch.googleverify;

import org.jspecify.annotations.NullMarked;
