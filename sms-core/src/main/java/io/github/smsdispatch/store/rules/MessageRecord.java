package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the rules need of a message: neither its text nor its recipient. Not thread-safe. */
public final class MessageRecord {
    private final MessageId id;
    private final String tenant;
    private final Lane lane;
    private final Instant dueAt;
    private final Instant expiresAt;
    private @Nullable Standing stored;
    private Standing standing;

    private MessageRecord(
            MessageId id,
            String tenant,
            Lane lane,
            Instant dueAt,
            Instant expiresAt,
            @Nullable Standing stored,
            Standing standing) {
        this.id = id;
        this.tenant = tenant;
        this.lane = lane;
        this.dueAt = dueAt;
        this.expiresAt = expiresAt;
        this.stored = stored;
        this.standing = standing;
    }

    /** A message as it was stored. */
    public static MessageRecord stored(
            MessageId id, String tenant, Lane lane, Instant dueAt, Instant expiresAt, Standing standing) {
        return new MessageRecord(id, tenant, lane, dueAt, expiresAt, standing, standing);
    }

    /**
     * A message that is new.
     *
     * @param route the account that it is meant for; null: none is chosen yet
     */
    static MessageRecord fresh(Message message, @Nullable ProviderAccount route, Instant now) {
        Instant given = message.dueAt();
        Instant dueAt = given == null ? now : StoreTime.of(given);
        Instant expiresAt = StoreTime.of(dueAt.plus(message.validity()));
        var standing = new Standing(
                dueAt.isAfter(now) ? MessageState.SCHEDULED : MessageState.QUEUED,
                null,
                dueAt,
                route,
                0,
                0,
                null,
                0,
                0,
                message.segments().count(),
                0,
                null,
                null,
                null,
                now);
        return new MessageRecord(message.id(), message.tenant(), message.lane(), dueAt, expiresAt, null, standing);
    }

    /** Our id. */
    public MessageId id() {
        return id;
    }

    /** The tenant it belongs to. */
    public String tenant() {
        return tenant;
    }

    /** How urgent it is. */
    public Lane lane() {
        return lane;
    }

    /** When it may be sent. */
    public Instant dueAt() {
        return dueAt;
    }

    /** When its validity ends. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** As the store has it; null while it has nothing. */
    public @Nullable Standing stored() {
        return stored;
    }

    /** As it is after what the rules did. */
    public Standing standing() {
        return standing;
    }

    /** Where it stands. */
    public MessageState state() {
        return standing.state();
    }

    void become(Standing next) {
        standing = next;
    }

    /** Says that the store has it as it is now. */
    public void keep() {
        stored = standing;
    }

    /** A record of its own, as if it had just been read from a store that has it as it is now. */
    public MessageRecord reread() {
        return stored(id, tenant, lane, dueAt, expiresAt, standing);
    }

    /** For the caller of the store. */
    public MessageStatus status(@Nullable String providerMessageId) {
        return new MessageStatus(
                id,
                tenant,
                standing.state(),
                standing.hold(),
                dueAt,
                expiresAt,
                standing.attempts(),
                standing.account(),
                providerMessageId,
                standing.segments(),
                standing.reason(),
                standing.code(),
                standing.detail(),
                standing.updatedAt());
    }
}
