/** The provider {@code twilio}. */
module io.github.smsdispatch.twilio {
    requires io.github.smsdispatch.core;
    requires io.github.smsdispatch.http;
    // twilio-13.0.1.jar carries no Automatic-Module-Name: the name comes from the file name Maven Central gives it.
    requires twilio;
    requires static transitive org.jspecify;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            io.github.smsdispatch.twilio.TwilioProviderFactory;
}
