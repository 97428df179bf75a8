package io.coffer.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One kept-alive connection with at most one request on its way. */
final class HttpConnection {

  private static final String LENGTH = "\r\ncontent-length:";
  private static final int STATUS_AT = 9;

  /** In place of where an answer ends: with a chunk of no length (RFC 9112, section 7.1). */
  private static final int CHUNKED = -1;

  private static final byte[] LAST_CHUNK =
      "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final SocketChannel channel;
  private final SelectionKey key;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private byte[] in = new byte[16 * 1024];
  private int filled;
  private int end;
  private int status;
  private long since;

  private HttpConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  static HttpConnection open(Selector selector, InetSocketAddress to) throws IOException {
    SocketChannel channel = SocketChannel.open(to);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    HttpConnection connection = new HttpConnection(channel, key);
    key.attach(connection);
    return connection;
  }

  /**
   * Sends a request.
   *
   * @param time from when its latency counts
   */
  void send(byte[] request, long time) throws IOException {
    since = time;
    filled = 0;
    end = 0;
    out = ByteBuffer.wrap(request);
    write();
  }

  long since() {
    return since;
  }

  /** Goes on; the status if the answer is whole, else 0. */
  int ready() throws IOException {
    if (key.isWritable()) {
      write();
    }
    return key.isReadable() ? read() : 0;
  }

  void close() throws IOException {
    channel.close();
  }

  private void write() throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  private int read() throws IOException {
    if (filled == in.length) {
      in = Arrays.copyOf(in, in.length * 2);
    }
    int count = channel.read(ByteBuffer.wrap(in, filled, in.length - filled));
    if (count < 0) {
      throw new EOFException("the connection was closed");
    }
    filled += count;
    if (end == 0) {
      readHead();
    }
    boolean whole = end == CHUNKED ? endsWithLastChunk() : end > 0 && filled >= end;
    return whole ? status : 0;
  }

  /** What is answered here is JSON without line ends, which cannot look like a last chunk. */
  private boolean endsWithLastChunk() {
    int from = filled - LAST_CHUNK.length;
    return from >= 0 && Arrays.equals(in, from, filled, LAST_CHUNK, 0, LAST_CHUNK.length);
  }

  private void readHead() throws IOException {
    String text = new String(in, 0, filled, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    status = Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + 3));
    String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
    if (headers.contains("transfer-encoding: chunked")) {
      end = CHUNKED;
      return;
    }
    int at = headers.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without a length");
    }
    int from = at + LENGTH.length();
    int line = text.indexOf("\r\n", from);
    end = head + 4 + Integer.parseInt(text.substring(from, line < 0 ? head : line).strip());
  }
}
