// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.load;

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

/**
 * One kept connection with at most one request in flight. Reads answers with a
 * {@code Content-Length} or in chunks, up to the size of its buffer.
 */
final class Connection implements AutoCloseable {

	private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final String LENGTH = "\r\ncontent-length:";

	private static final String CLOSE = "\r\nconnection: close\r\n";

	private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);

	private final ByteBuffer request;

	private final SocketChannel channel;

	private final SelectionKey key;

	private int headEnd;

	private int length;

	/** Whether the server closes the connection after its last answer. */
	boolean last;

	/** When the request in flight was meant to start. */
	long intendedStart;

	boolean busy;

	Connection(InetSocketAddress address, byte[] request, Selector selector) throws IOException {
		this.request = ByteBuffer.wrap(request);
		this.channel = SocketChannel.open();
		this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.channel.configureBlocking(false);
		// a server whose line of connections is full lets one wait: the others go on
		boolean connected = this.channel.connect(address);
		this.key = this.channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
	}

	void send(long intended) throws IOException {
		this.intendedStart = intended;
		this.busy = true;
		this.headEnd = -1;
		this.answer.clear();
		this.request.rewind();
		if (this.channel.isConnected()) {
			write();
		}
	}

	private void write() throws IOException {
		while (this.request.hasRemaining()) {
			this.channel.write(this.request);
		}
	}

	private void connected() throws IOException {
		this.channel.finishConnect();
		this.key.interestOps(SelectionKey.OP_READ);
		if (this.busy) {
			write();
		}
	}

	/**
	 * Goes on: connects, or reads what has come.
	 * @return the status of the answer when it is whole; 0 when more must come
	 */
	int read() throws IOException {
		if (!this.channel.isConnected()) {
			connected();
			return 0;
		}
		if (this.channel.read(this.answer) < 0 || !this.answer.hasRemaining()) {
			throw new IOException("connection closed, or answer larger than " + this.answer.capacity() + " bytes");
		}
		if (this.headEnd < 0) {
			parseHead();
		}
		if (this.headEnd < 0 || !isWhole()) {
			return 0;
		}
		this.busy = false;
		// "HTTP/1.1 200"
		return Integer.parseInt(text(9, 12));
	}

	private void parseHead() {
		byte[] bytes = this.answer.array();
		for (int index = 3; index < this.answer.position(); index++) {
			if (bytes[index] == '\n' && bytes[index - 2] == '\n') {
				this.headEnd = index + 1;
				String head = text(0, this.headEnd).toLowerCase(Locale.ROOT);
				int at = head.indexOf(LENGTH);
				this.length = (at < 0) ? -1
						: Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2)).strip());
				this.last = head.contains(CLOSE);
				return;
			}
		}
	}

	private boolean isWhole() {
		int end = this.answer.position();
		if (this.length >= 0) {
			return end - this.headEnd >= this.length;
		}
		int start = end - LAST_CHUNK.length;
		if (start < this.headEnd) {
			return false;
		}
		return Arrays.equals(this.answer.array(), start, end, LAST_CHUNK, 0, LAST_CHUNK.length);
	}

	private String text(int from, int to) {
		return new String(this.answer.array(), from, to - from, StandardCharsets.US_ASCII);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
