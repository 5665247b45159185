// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A gRPC server that knows one answer: its health, as {@code grpc.health.v1.Health/Check}
 * gives it, whatever is asked. Just enough of HTTP/2 for that, and no library. On a free
 * port of the loopback address; thread-safe.
 */
public final class GrpcHealthServer implements AutoCloseable {

	private static final int PREFACE = 24;

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	private static final int PING = 6;

	private static final int END_STREAM = 1;

	private static final int ACK = 1;

	private static final int END_HEADERS = 4;

	/** {@code :status} 200, and {@code content-type}, by their places in the table. */
	private static final byte[] BEGIN = bytes("\u0088\u000f\u0010\u0010application/grpc");

	/** A header that is in no table: {@code grpc-status} 0. */
	private static final byte[] END = bytes("\u0000\u000bgrpc-status\u00010");

	private final ServerSocket server;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private volatile boolean serving = true;

	private GrpcHealthServer(ServerSocket server) {
		this.server = server;
	}

	/**
	 * Starts a server that is healthy.
	 * @return the running server
	 */
	public static GrpcHealthServer start() {
		try {
			GrpcHealthServer started = new GrpcHealthServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			run("accept", started::accept);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its port.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Changes its health.
	 * @param healthy whether it says {@code SERVING} from now on, or {@code NOT_SERVING}
	 */
	public void serving(boolean healthy) {
		this.serving = healthy;
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket connection = this.server.accept();
			this.connections.add(connection);
			run("connection", () -> {
				try (connection) {
					serve(new DataInputStream(connection.getInputStream()),
							new DataOutputStream(connection.getOutputStream()));
				}
				finally {
					this.connections.remove(connection);
				}
			});
		}
	}

	private void serve(DataInputStream in, DataOutputStream out) throws IOException {
		in.skipNBytes(PREFACE);
		frame(out, SETTINGS, 0, 0, new byte[0]);
		while (true) {
			int lengthAndType = in.readInt();
			int type = lengthAndType & 0xff;
			int flags = in.readUnsignedByte();
			int stream = in.readInt();
			byte[] payload = new byte[lengthAndType >>> 8];
			in.readFully(payload);
			if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
				frame(out, type, ACK, 0, (type == PING) ? payload : new byte[0]);
			}
			else if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
				answer(out, stream);
			}
		}
	}

	private void answer(DataOutputStream out, int stream) throws IOException {
		frame(out, HEADERS, END_HEADERS, stream, BEGIN);
		frame(out, DATA, 0, stream, new byte[] { 0, 0, 0, 0, 2, 8, (byte) (this.serving ? 1 : 2) });
		frame(out, HEADERS, END_HEADERS | END_STREAM, stream, END);
	}

	private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
			throws IOException {
		out.writeInt(payload.length << 8 | type);
		out.writeByte(flags);
		out.writeInt(stream);
		out.write(payload);
		out.flush();
	}

	private static void run(String purpose, Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// the client has gone, or this server is closed
				return;
			}
		}, "governance-test-grpc-" + purpose);
		thread.setDaemon(true);
		thread.start();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** What a thread does. */
	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
