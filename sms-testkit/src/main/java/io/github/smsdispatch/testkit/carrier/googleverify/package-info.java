/** The wire format of an Exposure Notifications Verification Server. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.googleverify;

import org.jspecify.annotations.NullMarked;
