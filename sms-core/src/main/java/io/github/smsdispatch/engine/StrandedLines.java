package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of messages that wait in lines of accounts which this engine does not have: of an account that was taken out of the
 * configuration nobody else would say anything. Where nodes have different accounts such lines are quite normal, so that only those
 * count in which somebody waits for long. Looked at by one thread, asked by any.
 */
final class StrandedLines {
    private static final Logger log = LoggerFactory.getLogger(StrandedLines.class);

    /** How long to trust another node to have the account. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Set<ProviderAccount> own;
    private final Lookout lookout;
    private final Damper damper;
    private volatile List<ProviderAccount> accounts = List.of();

    StrandedLines(Collection<ProviderAccount> own, Lookout lookout, InstantSource clock) {
        this.own = Set.copyOf(own);
        this.lookout = lookout;
        this.damper = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** The accounts of the lines, as of the last look. */
    List<ProviderAccount> accounts() {
        return accounts;
    }

    /**
     * Looks at the lines.
     *
     * @param wanted what operators have set: of an account that they have stopped they know
     */
    void look(Map<ProviderAccount, RunState> wanted) {
        Lookout.Sight sight = lookout.look();
        accounts = stranded(sight.outlook(), sight.now().minus(PATIENCE), wanted);
        long all = accounts.isEmpty() ? 0 : damper.speaksFor();
        if (all > 0) {
            log.warn(
                    "messages have waited for more than {} minutes in the lines of {}, which are no accounts of this engine (its"
                            + " accounts are {}): if another node has them, look there; what no node has any more is routed anew"
                            + " once it is set to PAUSED ({} since the last line like this)",
                    PATIENCE.toMinutes(),
                    accounts,
                    own,
                    all);
        }
    }

    private List<ProviderAccount> stranded(Outlook outlook, Instant dueUntil, Map<ProviderAccount, RunState> wanted) {
        return outlook.lines().entrySet().stream()
                .filter(line -> !line.getValue().isAfter(dueUntil))
                .flatMap(line -> Stream.ofNullable(line.getKey().account()))
                .filter(account ->
                        !own.contains(account) && wanted.getOrDefault(account, RunState.RUNNING) == RunState.RUNNING)
                .distinct()
                .sorted(Comparator.comparing(ProviderAccount::toString))
                .toList();
    }
}
