/** Provider for the Exposure Notifications Verification Server. */
@NullMarked
package io.github.smsdispatch.googleverify;

import org.jspecify.annotations.NullMarked;
