package io.github.smsdispatch.testkit.carrier;

import java.util.HashSet;
import java.util.Set;

/**
 * The Africa's Talking account that the simulator plays. Its callbacks are not signed; a secret belongs into
 * {@link CarrierSimulator.Builder#receiptUrl(String, java.net.URI)} and {@code inboundUrl}.
 *
 * @param username in the form of every request
 * @param apiKey in the header {@code apiKey} of every request
 * @param unknownSenders names and short codes that are not registered for the account; all others are
 */
public record AfricasTalkingCredentials(String username, String apiKey, Set<String> unknownSenders) {
    /** Copies the set. */
    public AfricasTalkingCredentials {
        unknownSenders = Set.copyOf(unknownSenders);
    }

    /** Fake credentials, always the same, with every sender registered. */
    public static AfricasTalkingCredentials fake() {
        return new AfricasTalkingCredentials("simulated", "africastalking-simulator-key", Set.of());
    }

    /** The same account without this sender: texts from it are refused as a whole request, with a 201. */
    public AfricasTalkingCredentials withUnknownSender(String sender) {
        var more = new HashSet<>(unknownSenders);
        more.add(sender);
        return new AfricasTalkingCredentials(username, apiKey, more);
    }

    @Override
    public String toString() {
        return "AfricasTalkingCredentials[" + username + "]";
    }
}
