package io.github.smsdispatch.testkit.carrier;

/**
 * The Twilio account that the simulator plays.
 *
 * @param accountSid {@code AC} and 32 hex digits, in the path of every request and the user of Basic auth
 * @param authToken the password of Basic auth, and the key that status callbacks are signed with
 */
public record TwilioCredentials(String accountSid, String authToken) {
    /** Fake credentials, always the same. */
    public static TwilioCredentials fake() {
        return new TwilioCredentials("AC" + "0123456789abcdef".repeat(2), "twilio-simulator-token");
    }

    @Override
    public String toString() {
        return "TwilioCredentials[" + accountSid + "]";
    }
}
