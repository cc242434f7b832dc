package io.github.smsdispatch.internal;

import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people when an account goes down and when it is back: once for each change. Thread-safe. */
public final class AccountWatch {
    private static final Logger log = LoggerFactory.getLogger(AccountWatch.class);

    /** No outcome says a number. A module that does all the same does not say it in the log. */
    private static final Pattern NUMBER_OR_CONTROL = Pattern.compile("\\+?[0-9][0-9 ().-]{5,}[0-9]|\\p{Cntrl}");

    private final ProviderAccount account;
    private final Runnable listeners;

    /** @param listeners told after the log when hand-overs are concerned */
    public AccountWatch(ProviderAccount account, Runnable listeners) {
        this.account = account;
        this.listeners = listeners;
    }

    /** How hand-overs fare has changed. */
    public void handOvers(boolean up, @Nullable String trouble, Instant availableAt) {
        if (up) {
            log.info("{} is up again", account);
        } else {
            log.warn(
                    "{} is down: {}; it is left alone until {}, and then tried with one message at a time",
                    account,
                    masked(trouble),
                    availableAt);
        }
        listeners.run();
    }

    /** How look-ups fare has changed. */
    public void lookups(boolean up, @Nullable String trouble, Instant availableAt) {
        if (up) {
            log.info("look-ups at {} work again", account);
        } else {
            log.warn(
                    "look-ups at {} fail: {}; none is made until {}, and then one at a time",
                    account,
                    masked(trouble),
                    availableAt);
        }
    }

    private static String masked(@Nullable String trouble) {
        return trouble == null
                ? "no reason given"
                : NUMBER_OR_CONTROL.matcher(trouble).replaceAll("***");
    }
}
