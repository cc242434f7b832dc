package io.github.smsdispatch.spi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider knows of a number. Not being able to tell is {@link Reach#UNKNOWN}, never a reason against the number.
 *
 * @param reach whether a text can get there
 * @param line what kind of line it is
 * @param carrier the network's name; null: not known
 * @param networkCode the network's mobile country and network code, 5 or 6 digits; null: not known
 * @param code the provider's code or the HTTP status, where something was wrong; null: nothing was
 * @param detail a sentence for people; no secret and no number in it
 * @param retryAfter how long the provider wants to be left alone, clipped to 0 to 24 hours; null: it did not say
 */
public record RecipientFinding(
        Reach reach,
        Line line,
        @Nullable String carrier,
        @Nullable String networkCode,
        @Nullable String code,
        String detail,
        @Nullable Duration retryAfter) {
    /** Whether a text can get to a number. */
    public enum Reach {
        /** A number that can get texts, as far as the provider knows. */
        POSSIBLE,
        /** No such number, or a line that gets no texts. */
        IMPOSSIBLE,
        /** The provider could not tell, or could not be asked. */
        UNKNOWN
    }

    /** Kinds of lines. */
    public enum Line {
        /** A mobile phone. */
        MOBILE,
        /** A line in a wall; some can get texts. */
        LANDLINE,
        /** A number that lives on the Internet. */
        VOIP,
        /** Free or premium rate, a pager, a voice mailbox. */
        OTHER,
        /** Not asked, not told, or a word that this version does not know. */
        UNKNOWN
    }

    /** Clips the pause. */
    public RecipientFinding {
        Objects.requireNonNull(reach, "reach");
        Objects.requireNonNull(line, "line");
        retryAfter = Pauses.clip(retryAfter);
    }

    /** A clear answer without more. */
    public static RecipientFinding of(Reach reach, Line line, String detail) {
        return new RecipientFinding(reach, line, null, null, null, detail, null);
    }

    /** No answer: the provider could not be asked or could not be understood. */
    public static RecipientFinding unknown(@Nullable String code, String detail, @Nullable Duration retryAfter) {
        return new RecipientFinding(Reach.UNKNOWN, Line.UNKNOWN, null, null, code, detail, retryAfter);
    }
}
