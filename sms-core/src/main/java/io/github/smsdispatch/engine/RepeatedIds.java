package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.AttemptEnd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of an account whose provider gives one id to several hand-overs: a store takes an id once, and puts the others in doubt,
 * which nobody would guess from the outside. Thread-safe.
 */
final class RepeatedIds {
    private static final Logger log = LoggerFactory.getLogger(RepeatedIds.class);

    private final Map<ProviderAccount, Account> accounts;

    RepeatedIds(Map<ProviderAccount, Account> accounts) {
        this.accounts = accounts;
    }

    /**
     * Looks at how hand-overs ended.
     *
     * @param ends what the store was told
     * @param changes what it made of that
     */
    void look(List<AttemptEnd> ends, List<StateChange> changes) {
        List<StateChange> doubts = changes.stream()
                .filter(change -> change.event().to() == MessageState.IN_DOUBT)
                .toList();
        if (doubts.isEmpty()) {
            return;
        }
        Set<MessageId> taken = ends.stream()
                .filter(end -> end.next() == MessageState.SENT)
                .map(AttemptEnd::message)
                .collect(Collectors.toSet());
        doubts.stream()
                .filter(change -> taken.contains(change.message()))
                .map(change -> change.event().account())
                .forEach(this::warn);
    }

    private void warn(@Nullable ProviderAccount name) {
        Account account = name == null ? null : accounts.get(name);
        long all = account == null ? 0 : account.damper("repeated ids").speaksFor();
        if (all > 0) {
            log.warn(
                    "{} accepted a message under an id that it had given to another: the message is in doubt ({} since the last"
                            + " line like this)",
                    name,
                    all);
        }
    }
}
