package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.store.MessagePage;
import io.github.smsdispatch.store.MessageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Erases at somebody's wish: what still waits is withdrawn first, since nobody can send what is not there. */
final class Eraser {
    /** Messages looked at in one step of a search: some milliseconds. */
    private static final int SEARCH_STEP = 5_000;

    private static final int ERASE_STEP = 500;

    private final MessageStore store;
    private final Announcer announcer;

    Eraser(MessageStore store, Announcer announcer) {
        this.store = store;
        this.announcer = announcer;
    }

    boolean erase(MessageId message) {
        return erase(List.of(message)).contains(message);
    }

    ErasureSummary eraseRecipient(PhoneNumber recipient, @Nullable String tenant) {
        long erased = 0;
        var open = new ArrayList<MessageId>();
        MessageId after = null;
        do {
            MessagePage page = store.messagesTo(recipient, tenant, after, SEARCH_STEP);
            List<MessageId> found = page.messages();
            for (int from = 0; from < found.size(); from += ERASE_STEP) {
                List<MessageId> some = found.subList(from, Math.min(found.size(), from + ERASE_STEP));
                Set<MessageId> done = erase(some);
                erased += done.size();
                some.stream().filter(message -> !done.contains(message)).forEach(open::add);
            }
            after = page.next();
        } while (after != null);
        return new ErasureSummary(erased, open);
    }

    private Set<MessageId> erase(List<MessageId> messages) {
        announcer.tell(store.cancel(messages));
        return store.erase(messages);
    }
}
