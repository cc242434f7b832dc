package io.github.smsdispatch.twilio;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Message SIDs: two letters and 32 hexadecimal digits as documented; read more leniently, but never as free text. */
final class TwilioIds {
    /** A SID goes into the path of a URL and into logs, so nothing else may. */
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");

    private TwilioIds() {}

    static boolean isSid(@Nullable String text) {
        return text != null && SID.matcher(text).matches();
    }
}
