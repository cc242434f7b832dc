package io.github.smsdispatch.twilio;

import org.jspecify.annotations.Nullable;

/**
 * Compares a text with what Twilio says it sent. Twilio may have put a trial notice before it, appended opt-out words, or
 * replaced typographic characters by plain ones (smart encoding), so what is compared first is letters and digits.
 */
final class SentText {
    enum Likeness {
        /** Character by character. */
        SAME,
        /** In letters and digits. */
        ALIKE,
        OTHER,
        /** Redacted, or with something added: neither a hit nor a proof of absence. */
        UNCLEAR
    }

    /** What trial accounts have in front of each text. */
    private static final String TRIAL_NOTICE = "Sent from your Twilio trial account - ";

    private static final String TRIAL_SKELETON = skeleton(TRIAL_NOTICE);

    private final String text;
    private final String skeleton;

    SentText(String text) {
        this.text = text;
        this.skeleton = skeleton(text);
    }

    Likeness compareTo(@Nullable String body) {
        if (body == null) {
            return Likeness.UNCLEAR;
        }
        if (body.equals(text) || body.equals(TRIAL_NOTICE + text)) {
            return Likeness.SAME;
        }
        String other = skeleton(body);
        if (skeleton.isEmpty()) {
            return other.isEmpty() || body.contains(text) ? Likeness.UNCLEAR : Likeness.OTHER;
        }
        if (other.equals(skeleton) || other.equals(TRIAL_SKELETON + skeleton)) {
            return Likeness.ALIKE;
        }
        return other.contains(skeleton) ? Likeness.UNCLEAR : Likeness.OTHER;
    }

    private static String skeleton(String text) {
        var letters = new StringBuilder();
        text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
