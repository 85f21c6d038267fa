package dev.confab.gateway.limit;

import dev.confab.gateway.proxy.ProxyConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Bounds what comes from one address and from one origin's pages. */
@ApplicationScoped
public class VisitorLimits {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int MAX_ORIGIN_CHARS = 255;

  /**
   * Where a visitor comes from.
   *
   * @param address of the client, as a key
   * @param origin of the page, or null where none was told
   */
  public record Place(String address, String origin) {}

  private final boolean trustForwarded;
  private final Meters dialogsByAddress;
  private final Meters dialogsByOrigin;
  private final Meters messagesByAddress;
  private final Meters messagesByOrigin;

  VisitorLimits(VisitorConfig config, ProxyConfig proxy) {
    int most = config.maxRemembered();
    var dialogs = config.dialogsPerAddress();
    var pages = config.dialogsPerOrigin();
    var messages = config.messagesPerAddress();
    var pageMessages = config.messagesPerOrigin();
    trustForwarded = proxy.trustForwarded();
    dialogsByAddress = new Meters(dialogs.count(), dialogs.period(), most);
    dialogsByOrigin = new Meters(pages.count(), pages.period(), most);
    messagesByAddress = new Meters(messages.count(), messages.period(), most);
    messagesByOrigin = new Meters(pageMessages.count(), pageMessages.period(), most);
  }

  /** Where a request comes from. */
  public Place place(HttpServerRequest request) {
    String forwarded = trustForwarded ? request.getHeader(FORWARDED_FOR) : null;
    String address =
        request.remoteAddress() == null
            ? ""
            : String.valueOf(request.remoteAddress().hostAddress());
    return new Place(
        Addresses.key(forwarded == null ? address : Addresses.last(forwarded)),
        originKey(request.getHeader("Origin")));
  }

  private static String originKey(String origin) {
    return origin == null || origin.length() <= MAX_ORIGIN_CHARS ? origin : "long";
  }

  /**
   * One more dialog is to begin.
   *
   * @return 0 if it may, else nanoseconds to wait
   */
  public long dialog(Place place) {
    return take(dialogsByAddress, dialogsByOrigin, place);
  }

  /**
   * One more message is to be sent.
   *
   * @return 0 if it may, else nanoseconds to wait
   */
  public long message(Place place) {
    return take(messagesByAddress, messagesByOrigin, place);
  }

  private static long take(Meters byAddress, Meters byOrigin, Place place) {
    long now = System.nanoTime();
    long wait = byAddress.take(place.address(), now);
    return wait > 0 ? wait : byOrigin.take(place.origin(), now);
  }
}
