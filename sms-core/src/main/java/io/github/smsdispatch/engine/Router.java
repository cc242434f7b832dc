package io.github.smsdispatch.engine;

import static io.github.smsdispatch.store.rules.HandOvers.OPTED_OUT;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the routing's wish into a decision: which account gets a message, or why it waits, or why it ends here. Thread-safe, as far
 * as the routing is.
 */
final class Router {
    private static final Logger log = LoggerFactory.getLogger(Router.class);

    /** Refusals that this account will repeat for this message, whenever it is asked. */
    private static final Set<FailureReason> FOR_GOOD = EnumSet.of(FailureReason.SENDER, FailureReason.DESTINATION);

    /** Refusals that may pass: the account is left alone for this message, longer each time. */
    private static final Set<FailureReason> PASSING = EnumSet.of(
            FailureReason.ACCOUNT, FailureReason.UNAVAILABLE, FailureReason.THROTTLED, FailureReason.RECIPIENT_BUSY);

    /** How soon to ask the routing again that named no account. */
    private static final Duration UNROUTED_PAUSE = Duration.ofSeconds(5);

    /** Accounts that the routing names and nobody knows, each worth one warning. */
    private final Set<ProviderAccount> warnedOf = ConcurrentHashMap.newKeySet();

    private final Damper nobody;
    private final Map<ProviderAccount, Account> accounts;
    /** Attributes that some account requires: a message with one of them is for such accounts alone. */
    private final Set<String> reserved;

    private final Routing routing;
    private final Backlog backlog;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;

    Router(
            Map<ProviderAccount, Account> accounts,
            Routing routing,
            Backlog backlog,
            EngineSettings settings,
            InstantSource clock,
            RandomGenerator random) {
        this.accounts = accounts;
        this.reserved = accounts.values().stream()
                .flatMap(account -> account.traits().requiredAttribute().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.routing = routing;
        this.backlog = backlog;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.nobody = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** Decides on a claim. */
    Decision decide(Claim claim) {
        if (claim.suppressed()) {
            return Decision.end(MessageState.SUPPRESSED, OPTED_OUT);
        }
        if (!claim.now().isBefore(claim.expiresAt())) {
            return Decision.end(MessageState.EXPIRED, "the validity ended before a hand-over");
        }
        List<ProviderAccount> wanted = routing.accountsFor(claim.message());
        if (wanted.isEmpty()) {
            warnOfNobody(claim);
            return Decision.hold(HoldReason.NO_PROVIDER_UP, soon(claim), "the routing names no account");
        }
        List<Account> able = able(claim, wanted);
        if (!able.isEmpty()) {
            Decision decision = choose(claim, able);
            if (decision.account() != null) {
                decision.account().chosen();
            }
            return decision;
        }
        return elsewhere(claim, wanted)
                .map(name -> Decision.waitFor(
                        name, HoldReason.NO_PROVIDER_UP, "the routing names what is no account of this engine"))
                .orElseGet(() -> Decision.end(MessageState.REJECTED, whyNobody(claim, wanted)));
    }

    /**
     * The account that a new message waits for. Empty: it is decided when it is due, as the accounts are then, and whatever turns
     * out to be wrong with it is told then.
     */
    Optional<ProviderAccount> routeOf(Message message) {
        try {
            Instant now = clock.instant();
            Instant dueAt = Objects.requireNonNullElse(message.dueAt(), now);
            if (dueAt.isAfter(now)) {
                return Optional.empty();
            }
            var claim = new Claim(message, 0, dueAt, dueAt.plus(message.validity()), now, List.of(), false);
            List<Account> able = able(claim, routing.accountsFor(message));
            return able.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(choose(claim, able).route());
        } catch (RuntimeException | Error e) {
            // The routing's, which is asked again then.
            return Optional.empty();
        }
    }

    /** A list that came out empty is a slip of whoever made it more often than a wish to drop the message. */
    private void warnOfNobody(Claim claim) {
        long all = nobody.speaksFor();
        if (all > 0) {
            log.warn(
                    "the routing names no account for message {}, which waits until it does ({} since the last line like"
                            + " this)",
                    claim.message().id(),
                    all);
        }
    }

    /** An account that this node does not know may be known to another one, or after a restart: no reason to reject. */
    private Optional<ProviderAccount> elsewhere(Claim claim, List<ProviderAccount> wanted) {
        List<ProviderAccount> unknown = wanted.stream()
                .filter(name -> !accounts.containsKey(name)
                        && refusalForGood(claim, name).isEmpty())
                .toList();
        unknown.stream()
                .filter(warnedOf::add)
                .forEach(name -> log.warn(
                        "the routing names {}, which is no account of this engine (its accounts are {}); messages that"
                                + " only it may carry wait",
                        name,
                        accounts.keySet()));
        return unknown.stream().findFirst();
    }

    /** The accounts that could ever carry this message, in order. */
    private List<Account> able(Claim claim, List<ProviderAccount> wanted) {
        var able = new ArrayList<Account>();
        for (ProviderAccount name : wanted) {
            Account account = accounts.get(name);
            if (account != null
                    && fits(claim, account)
                    && refusalForGood(claim, name).isEmpty()) {
                able.add(account);
            }
        }
        if (!claim.past().isEmpty()) {
            // What was taken and not delivered goes elsewhere first.
            able.sort(Comparator.comparingLong(account -> failedLate(claim, account)));
        }
        return able;
    }

    private static long failedLate(Claim claim, Account account) {
        return claim.past().stream()
                .filter(past -> past.hasFailedLate() && past.account().equals(account.name()))
                .count();
    }

    private boolean fits(Claim claim, Account account) {
        return isShortEnough(claim, account) && isMeantFor(claim, account);
    }

    private static boolean isShortEnough(Claim claim, Account account) {
        return claim.message().text().length() <= account.traits().maxTextLength();
    }

    private boolean isMeantFor(Claim claim, Account account) {
        if (reserved.isEmpty()) {
            return true;
        }
        Set<String> attributes = claim.message().attributes().keySet();
        return account.traits().requiredAttribute().map(attributes::contains).orElseGet(() -> reserved.stream()
                .noneMatch(attributes::contains));
    }

    private static Optional<PastAttempt> refusalForGood(Claim claim, ProviderAccount name) {
        // Of each new message, for each account.
        if (claim.past().isEmpty()) {
            return Optional.empty();
        }
        return claim.past().stream()
                .filter(past -> past.account().equals(name) && isOneOf(FOR_GOOD, past))
                .findFirst();
    }

    private static boolean isOneOf(Set<FailureReason> reasons, PastAttempt past) {
        FailureReason reason = past.reason();
        return reason != null && reasons.contains(reason);
    }

    private Decision choose(Claim claim, List<Account> able) {
        Instant now = clock.instant();
        Account soonest = able.get(0);
        Instant ready = Instant.MAX;
        Instant retryAt = Instant.MIN;
        HoldReason why = HoldReason.NO_PROVIDER_UP;
        for (Account account : able) {
            if (account.runState() != RunState.RUNNING) {
                continue;
            }
            PastAttempt last = lastAt(claim, account.name());
            Instant retry = retryAt(claim, last);
            Instant available = isProbed(account)
                    ? later(
                            account.availableAt(),
                            now.plus(settings.outagePause().first()))
                    : account.availableAt();
            Instant both = later(available, retry);
            if (!both.isAfter(now)) {
                return Decision.handTo(account);
            }
            boolean throttled = account.health().isUp()
                    && (account.availableAt().isAfter(now)
                            || (last != null && last.reason() == FailureReason.THROTTLED));
            if (both.isBefore(ready)) {
                soonest = account;
                ready = both;
                retryAt = retry;
                why = holdReason(account, throttled);
            }
            // A short wait for the preferred account is cheaper than a detour.
            if (throttled && !both.isAfter(now.plus(settings.throttlePatience()))) {
                break;
            }
        }
        return retryAt.isAfter(now)
                ? Decision.hold(why, wait(claim, ready), null)
                : Decision.waitFor(soonest.name(), why, null);
    }

    /** One message is enough to find out whether an account is up again, and the first in its line will do. */
    private boolean isProbed(Account account) {
        return account.isProbed()
                || (!account.health().isUp() && !backlog.lanes(account.name()).isEmpty());
    }

    private static HoldReason holdReason(Account account, boolean throttled) {
        if (throttled) {
            return HoldReason.THROTTLED;
        }
        return account.health().isUp() ? HoldReason.RETRY_LATER : HoldReason.NO_PROVIDER_UP;
    }

    private static @Nullable PastAttempt lastAt(Claim claim, ProviderAccount name) {
        PastAttempt last = null;
        for (PastAttempt past : claim.past()) {
            if (past.account().equals(name) && !HandOver.wasNotMade(past)) {
                last = past;
            }
        }
        return last;
    }

    /** When an account that refused this message for now may see it again. */
    private Instant retryAt(Claim claim, @Nullable PastAttempt last) {
        if (last == null || last.endedAt() == null || !isOneOf(PASSING, last)) {
            return Instant.MIN;
        }
        Duration since = Duration.between(last.endedAt(), claim.now());
        int refusals = (int) claim.past().stream()
                .filter(past ->
                        past.account().equals(last.account()) && isOneOf(PASSING, past) && !HandOver.wasNotMade(past))
                .count();
        return clock.instant().plus(pauseAfter(last, refusals - 1)).minus(since);
    }

    /** A busy recipient is no matter of seconds, as the account's own troubles may be; how long, the provider may know. */
    private Duration pauseAfter(PastAttempt last, int earlier) {
        if (last.reason() != FailureReason.RECIPIENT_BUSY) {
            return settings.refusalPause().after(earlier);
        }
        Duration own = settings.messagePause().after(earlier);
        return last.retryAfter() == null ? own : Durations.max(own, last.retryAfter());
    }

    private static Duration soon(Claim claim) {
        return Durations.min(Durations.until(claim.expiresAt(), claim.now()), UNROUTED_PAUSE);
    }

    private Duration wait(Claim claim, Instant soonest) {
        Duration wait = Durations.until(soonest, clock.instant());
        // Spread over a quarter more, so that what waits for the same account does not come back in one wave.
        return Durations.min(
                Durations.until(claim.expiresAt(), claim.now()),
                wait.plusMillis((long) (wait.toMillis() * 0.25 * random.nextDouble()) + 1));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private String whyNobody(Claim claim, List<ProviderAccount> wanted) {
        return wanted.stream().map(name -> name + " " + whyNot(claim, name)).collect(Collectors.joining("; "));
    }

    private String whyNot(Claim claim, ProviderAccount wanted) {
        Account account = accounts.get(wanted);
        if (account != null && !isMeantFor(claim, account)) {
            return account.traits()
                    .requiredAttribute()
                    .map(name -> "carries only messages with the attribute " + name)
                    .orElse("is not for a message with its attributes");
        }
        if (account != null && !isShortEnough(claim, account)) {
            return "takes no more than " + account.traits().maxTextLength() + " characters";
        }
        return refusalForGood(claim, wanted)
                .map(past -> "refused the " + (past.reason() == FailureReason.SENDER ? "sender" : "destination")
                        + (past.code() == null ? "" : " (" + past.code() + ")"))
                .orElse("cannot carry it");
    }
}
