package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.store.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which lines to look through for messages that another account could take: those of accounts that take nothing for now, and
 * those of accounts that no node seems to have. As long as all that is found can move on it goes on at full speed; the less of it
 * can, the slower, so that a backlog which has to wait costs next to nothing. Only the dispatch loop touches it.
 */
final class Detours {
    /** How many are looked at together. */
    static final int STEP = 200;

    /** How long those that cannot go elsewhere are out of sight, so that those behind them are seen. */
    static final Duration STAY = Duration.ofMinutes(1);

    /** How long to pause when all of a step had to stay; in part, as much less. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long messages for an account that this node does not have are left to nodes that have it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<ProviderAccount, Account> accounts;
    private final Backlog backlog;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Map<Line, Instant> pausedUntil = new HashMap<>();

    Detours(Map<ProviderAccount, Account> accounts, Backlog backlog, EngineSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.backlog = backlog;
        this.settings = settings;
        this.clock = clock;
    }

    /** The next line to look through; null: none now. */
    @Nullable
    Line next() {
        Instant now = clock.instant();
        for (Line line : backlog.lines()) {
            if (isLost(line, now)
                    && isThereAnother(line.account())
                    && !now.isBefore(pausedUntil.getOrDefault(line, Instant.MIN))) {
                return line;
            }
        }
        return null;
    }

    /** Says what a step along a line has brought. */
    void took(Line line, int all, int stayed) {
        if (stayed == 0) {
            pausedUntil.remove(line);
        } else {
            pausedUntil.put(
                    line, clock.instant().plus(PAUSE.multipliedBy(stayed).dividedBy(all)));
        }
    }

    private boolean isLost(Line line, Instant now) {
        if (line.account() == null) {
            return false;
        }
        Account account = accounts.get(line.account());
        return account == null ? backlog.age(line).compareTo(PATIENCE) > 0 : takesNothing(account, now);
    }

    /** One that is to be probed takes the first in line. */
    private boolean takesNothing(Account account, Instant now) {
        boolean isUp = account.health().isUp();
        Instant soon = isUp ? now.plus(settings.throttlePatience()) : now;
        return account.runState() != RunState.RUNNING
                || account.availableAt().isAfter(soon)
                || (!isUp && account.inFlight().get() > 0);
    }

    private boolean isThereAnother(@Nullable ProviderAccount than) {
        return accounts.values().stream().anyMatch(account -> !account.name().equals(than) && account.isAvailable());
    }
}
