/** The provider {@code infobip}. */
module io.github.smsdispatch.infobip {
    requires io.github.smsdispatch.core;
    requires io.github.smsdispatch.http;
    requires static transitive org.jspecify;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            io.github.smsdispatch.infobip.InfobipProviderFactory;
}
