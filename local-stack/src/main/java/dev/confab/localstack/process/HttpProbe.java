package dev.confab.localstack.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/** Looks whether a health path says that all is well. */
public final class HttpProbe {
  private static final int CONNECT_MILLIS = 500;
  private static final int READ_MILLIS = 3_000;

  private HttpProbe() {}

  /** Whether the address answers 200 within about three seconds. */
  public static boolean isOk(String address) {
    HttpURLConnection connection = null;
    try {
      URL url = URI.create(address).toURL();
      connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }
}
