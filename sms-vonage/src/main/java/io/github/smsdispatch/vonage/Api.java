package io.github.smsdispatch.vonage;

import java.util.Locale;

/** Vonage's two APIs for texts, as the setting {@code api} and the Reports API's parameter {@code product} name them. */
enum Api {
    /** One answer, one id and one receipt for each part of a text. */
    SMS,
    /** One id and one report for a whole text. */
    MESSAGES;

    static final String NAMES = "sms, messages";

    static Api named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
