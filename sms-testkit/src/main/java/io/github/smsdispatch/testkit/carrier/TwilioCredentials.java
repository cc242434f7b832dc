package io.github.smsdispatch.testkit.carrier;

import org.jspecify.annotations.Nullable;

/**
 * The Twilio account that the simulator plays.
 *
 * @param accountSid {@code AC} and 32 hex digits, in the path of every request and the user of Basic auth
 * @param authToken the password of Basic auth, and the key that webhooks are signed with
 * @param apiKeySid {@code SK} and 32 hex digits, a user of Basic auth as well; null: the account has no API key
 * @param apiKeySecret the password that belongs to it; null: the account has no API key
 */
public record TwilioCredentials(
        String accountSid, String authToken, @Nullable String apiKeySid, @Nullable String apiKeySecret) {
    /**
     * @throws IllegalArgumentException if only one half of the API key is there
     */
    public TwilioCredentials {
        if ((apiKeySid == null) != (apiKeySecret == null)) {
            throw new IllegalArgumentException("an API key has a SID and a secret");
        }
    }

    /** An account without an API key. */
    public TwilioCredentials(String accountSid, String authToken) {
        this(accountSid, authToken, null, null);
    }

    /** Fake credentials with an API key, always the same. */
    public static TwilioCredentials fake() {
        String digits = "0123456789abcdef".repeat(2);
        return new TwilioCredentials(
                "AC" + digits, "twilio-simulator-token", "SK" + digits, "twilio-simulator-key-secret");
    }

    @Override
    public String toString() {
        return "TwilioCredentials[" + accountSid + "]";
    }
}
