package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import org.jspecify.annotations.Nullable;

/**
 * The statuses that the simulator gives, with Infobip's ids
 * (https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes, read 2026-11).
 */
enum InfobipStatuses {
    ACCEPTED(1, "PENDING", 26, "PENDING_ACCEPTED"),
    WAITING(1, "PENDING", 3, "PENDING_WAITING_DELIVERY"),
    DELIVERED(3, "DELIVERED", 5, "DELIVERED_TO_HANDSET"),
    NOT_DELIVERED(2, "UNDELIVERABLE", 9, "UNDELIVERABLE_NOT_DELIVERED"),
    EXPIRED(4, "EXPIRED", 15, "EXPIRED_EXPIRED"),
    REJECTED_DESTINATION_BLOCKLISTED(5, "REJECTED", 14, "REJECTED_DESTINATION_BLOCKLISTED"),
    REJECTED_DUPLICATE_MESSAGE_ID(5, "REJECTED", 23, "REJECTED_DUPLICATE_MESSAGE_ID"),
    REJECTED_MESSAGE_TOO_LONG(5, "REJECTED", 25, "REJECTED_MESSAGE_TOO_LONG"),
    REJECTED_DESTINATION(5, "REJECTED", 52, "REJECTED_DESTINATION");

    private final int group;
    private final String groupName;
    private final int id;
    private final String word;

    InfobipStatuses(int group, String groupName, int id, String word) {
        this.group = group;
        this.groupName = groupName;
        this.id = id;
        this.word = word;
    }

    /** @param step null: nothing happened yet */
    static InfobipStatuses of(Life.@Nullable Step step) {
        if (step == null) {
            return ACCEPTED;
        }
        return switch (step.state()) {
            case ACCEPTED -> ACCEPTED;
            case SENT -> WAITING;
            case DELIVERED -> DELIVERED;
            case UNDELIVERED -> NOT_DELIVERED;
            case EXPIRED -> EXPIRED;
        };
    }

    boolean isFinal() {
        return group > 1;
    }

    int id() {
        return id;
    }

    /** As the log's filter names it. */
    String groupName() {
        return groupName;
    }

    ObjectNode json() {
        return Json.object()
                .put("groupId", group)
                .put("groupName", groupName)
                .put("id", id)
                .put("name", word)
                .put("description", word);
    }

    /** The error object that goes with a step; {@code NO_ERROR} where all is well. */
    static ObjectNode error(Life.@Nullable Step step) {
        String code = step == null ? null : step.errorCode();
        if (code == null) {
            return Json.object()
                    .put("groupId", 0)
                    .put("groupName", "OK")
                    .put("id", 0)
                    .put("name", "NO_ERROR")
                    .put("description", "No Error")
                    .put("permanent", false);
        }
        boolean permanent = code.equals("1") || code.equals("9") || code.equals("2052") || code.equals("4101");
        return Json.object()
                .put("groupId", 1)
                .put("groupName", "HANDSET_ERRORS")
                .put("id", Integer.parseInt(code))
                .put("name", "EC_" + code)
                .put("description", "EC_" + code)
                .put("permanent", permanent);
    }
}
