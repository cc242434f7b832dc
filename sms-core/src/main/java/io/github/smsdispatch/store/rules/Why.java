package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What an event says beside the states. Code and detail are cut to what a store keeps: a provider may send anything.
 *
 * @param source who caused it
 * @param account the account concerned; null where none is
 * @param reason why something was not taken or not delivered; null where it was, or nobody knows
 * @param code the provider's code or word; null where it gave none
 * @param detail a sentence for people; null where there is nothing to say
 */
public record Why(
        EventSource source,
        @Nullable ProviderAccount account,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable String detail) {
    /** The longest code that is kept, in UTF-16 code units. */
    public static final int MAX_CODE = 64;

    /** The longest detail that is kept, in UTF-16 code units. */
    public static final int MAX_DETAIL = 255;

    /** Cuts what is too long. */
    public Why {
        code = cut(code, MAX_CODE);
        detail = cut(detail, MAX_DETAIL);
    }

    /** Without a reason. */
    Why(EventSource source, @Nullable ProviderAccount account, @Nullable String code, @Nullable String detail) {
        this(source, account, null, code, detail);
    }

    static Why of(EventSource source) {
        return new Why(source, null, null, null);
    }

    /** The text as {@link KeptText} has it; null stays null. */
    public static @Nullable String cut(@Nullable String text, int most) {
        return text == null ? null : KeptText.of(text, most);
    }
}
