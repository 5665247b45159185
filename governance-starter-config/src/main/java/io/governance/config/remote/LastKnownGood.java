// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last served set that was accepted, in a file that only its owner may read. Written
 * to a new file and moved, so that no reader sees half of it. A file that cannot be read
 * or written is never a reason to stop; it is logged once. Thread-safe.
 */
public final class LastKnownGood {

	private static final Logger logger = LoggerFactory.getLogger(LastKnownGood.class);

	private static final int FORMAT = 1;

	private static final long CONFIRM_MILLIS = Duration.ofHours(1).toMillis();

	/** Keeps nothing. */
	public static final LastKnownGood NONE = new LastKnownGood(null, Duration.ZERO, TimeSource.system());

	private final @Nullable Path file;

	private final Duration maxAge;

	private final TimeSource time;

	private final RemoteConfigCodec codec = new RemoteConfigCodec();

	private volatile boolean writeFailed;

	private volatile @Nullable Long writtenAt;

	private LastKnownGood(@Nullable Path file, Duration maxAge, TimeSource time) {
		this.file = file;
		this.maxAge = maxAge;
		this.time = time;
	}

	/**
	 * The file for one service.
	 * @param directory where the files lie
	 * @param target what is asked for: service, profiles and label
	 * @param addresses the servers that are asked
	 * @param maxAge older files are not used
	 * @param time the clock
	 * @return the file, which need not exist
	 */
	public static LastKnownGood of(Path directory, String target, String addresses, Duration maxAge, TimeSource time) {
		String readable = target.replaceAll("[^A-Za-z0-9._-]+", "_");
		String name = readable.substring(0, Math.min(80, readable.length())) + "-" + hash(target + "@" + addresses);
		return new LastKnownGood(directory.resolve(name + ".json"), maxAge, time);
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 6);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Where the file lies.
	 * @return its path, or {@code null} if nothing is kept
	 */
	public @Nullable Path file() {
		return this.file;
	}

	/**
	 * Reads the file.
	 * @return what was saved, or {@code null} if there is no usable file
	 */
	public @Nullable Saved read() {
		Path present = this.file;
		if (present == null) {
			return null;
		}
		try {
			JsonNode root = this.codec.json().readTree(Files.readString(present));
			long savedAt = root.path("savedAt").asLong(0);
			if (root.path("format").asInt(0) != FORMAT) {
				logger.warn("last-known-good not used: file={} reason=\"another format\"", this.file);
				return null;
			}
			if (this.time.epochMillis() - savedAt > this.maxAge.toMillis()) {
				logger.warn("last-known-good not used: file={} reason=\"older than {}\"", this.file, this.maxAge);
				return null;
			}
			return new Saved(this.codec.read(root), savedAt);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException | JacksonException | IllegalArgumentException ex) {
			logger.warn("last-known-good not used: file={} reason=\"{}\"", this.file, ex.toString());
			return null;
		}
	}

	/**
	 * The server still serves a set that was accepted before: the file is as good as new.
	 * Rewrites it at most once an hour.
	 * @param config the set in force
	 */
	public void confirm(RemoteConfig config) {
		Long before = this.writtenAt;
		if (before == null || Math.abs(this.time.epochMillis() - before) >= CONFIRM_MILLIS) {
			write(config);
		}
	}

	/**
	 * Replaces the file.
	 * @param config a set that was accepted
	 */
	public void write(RemoteConfig config) {
		Path target = this.file;
		if (target == null) {
			return;
		}
		try {
			ObjectNode root = this.codec.write(config);
			root.put("format", FORMAT);
			long now = this.time.epochMillis();
			root.put("savedAt", now);
			Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
			Files.createDirectories(directory, ownerOnly("rwx------"));
			Path fresh = Files.createTempFile(directory, ".new-", ".json", ownerOnly("rw-------"));
			try {
				Files.writeString(fresh, this.codec.json().writeValueAsString(root));
				Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				Files.deleteIfExists(fresh);
			}
			this.writeFailed = false;
			this.writtenAt = now;
		}
		catch (IOException | JacksonException | UnsupportedOperationException ex) {
			if (!this.writeFailed) {
				logger.warn("last-known-good cannot be written: file={} reason=\"{}\"", this.file, ex.toString());
			}
			this.writeFailed = true;
		}
	}

	private static FileAttribute<?>[] ownerOnly(String permissions) {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	/**
	 * What was saved.
	 *
	 * @param config the served set
	 * @param savedAt milliseconds since the epoch
	 */
	public record Saved(RemoteConfig config, long savedAt) {

	}

}
