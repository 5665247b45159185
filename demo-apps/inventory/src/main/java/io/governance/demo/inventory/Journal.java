// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A file of ASCII lines that several processes append to. Each sees, in the same order,
 * what all have written. A line is there wholly or, if its writer died, not at all.
 * <p>
 * Not thread-safe. What is written survives the death of the process, not of the machine.
 */
final class Journal {

	private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

	private static final long PAUSE = Duration.ofNanos(200_000).toNanos();

	private final Path file;

	private final TimeSource time;

	/** Where the lines end that this journal has seen. */
	private long seen;

	Journal(Path file, TimeSource time) {
		this.file = file;
		this.time = time;
	}

	/**
	 * Takes the file for this process alone, until the session is closed.
	 * @return the session
	 * @throws IOException if the file is not writable, or another process kept it for 2
	 * seconds
	 */
	Session open() throws IOException {
		Files.createDirectories(this.file.toAbsolutePath().getParent());
		FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		try {
			return new Session(channel, lock(channel));
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private FileLock lock(FileChannel channel) throws IOException {
		long start = this.time.nanoTime();
		while (this.time.nanoTime() - start < PATIENCE) {
			FileLock lock = tryLock(channel);
			if (lock != null) {
				return lock;
			}
			LockSupport.parkNanos(PAUSE);
		}
		throw new IOException("journal: " + this.file + " (expected: not locked by others for more than 2 seconds)");
	}

	// Not FileChannel.lock(): it waits for ever, and does not wait for another journal of
	// the same JVM
	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	/**
	 * The time in which the file is ours.
	 */
	final class Session implements Closeable {

		private final FileChannel channel;

		private final FileLock lock;

		private Session(FileChannel channel, FileLock lock) {
			this.channel = channel;
			this.lock = lock;
		}

		/**
		 * Reads what was appended since the last session, and drops the torn line of a
		 * writer that died.
		 * @param lines takes each line
		 * @throws IOException if the file cannot be read, or was replaced by another
		 */
		void catchUp(Consumer<String> lines) throws IOException {
			long size = this.channel.size();
			if (size < Journal.this.seen) {
				throw new IOException("journal: " + Journal.this.file + " (expected: never to shrink)");
			}
			this.channel.position(Journal.this.seen);
			BufferedReader reader = new BufferedReader(Channels.newReader(this.channel, StandardCharsets.US_ASCII));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				long end = Journal.this.seen + line.length() + 1;
				if (end > size) {
					this.channel.truncate(Journal.this.seen);
					return;
				}
				lines.accept(line);
				Journal.this.seen = end;
			}
		}

		/**
		 * Appends one line. Catch up first.
		 * @param line without its end
		 * @throws IOException if it could not be written; nobody will see it then
		 */
		void append(String line) throws IOException {
			ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
			long end = Journal.this.seen;
			while (bytes.hasRemaining()) {
				end += this.channel.write(bytes, end);
			}
			Journal.this.seen = end;
		}

		@Override
		public void close() throws IOException {
			this.lock.acquiredBy().close();
		}

	}

}
