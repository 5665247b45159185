// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists and reads the files of one directory and nothing outside it: a symbolic link is
 * followed only to a place inside, which is how Kubernetes mounts a ConfigMap. Used by
 * one thread.
 */
final class DirectoryReader {

	private static final Logger logger = LoggerFactory.getLogger(DirectoryReader.class);

	/** Neither hidden files nor an editor's swap and backup files. */
	private static final Pattern SERVED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@-]{0,199}\\.(yml|yaml|properties)");

	private final Path directory;

	private final long maxFileSize;

	private final Set<Path> outside = new HashSet<>();

	DirectoryReader(Path directory, long maxFileSize) {
		this.directory = directory;
		this.maxFileSize = maxFileSize;
	}

	Map<String, FileStamp> list() throws IOException {
		Path root = this.directory.toRealPath();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
			return stamps(root, entries);
		}
	}

	/**
	 * The stamps of the served files among some entries.
	 * @param root the real path of the directory
	 * @param entries what lies in it
	 * @return stamps by name
	 * @throws IOException if the directory cannot be read to its end
	 */
	Map<String, FileStamp> stamps(Path root, Iterable<Path> entries) throws IOException {
		Map<String, FileStamp> stamps = new TreeMap<>();
		try {
			for (Path entry : entries) {
				String name = entry.getFileName().toString();
				FileStamp stamp = SERVED.matcher(name).matches() ? stamp(root, entry) : null;
				if (stamp != null) {
					stamps.put(name, stamp);
				}
			}
			return stamps;
		}
		catch (DirectoryIteratorException ex) {
			// an iterator cannot throw what it wraps; to callers it is one kind of fault
			throw ex.getCause();
		}
	}

	private @Nullable FileStamp stamp(Path root, Path entry) {
		try {
			BasicFileAttributes attributes = attributes(entry);
			Path file = entry;
			if (attributes.isSymbolicLink()) {
				file = entry.toRealPath();
				attributes = attributes(file);
			}
			if (!file.startsWith(root)) {
				if (this.outside.add(entry)) {
					logger.warn("config file ignored, it is a link to a place outside the directory: file={}", entry);
				}
				return null;
			}
			return attributes.isRegularFile() ? new FileStamp(file, attributes.size(),
					attributes.lastModifiedTime().toMillis(), attributes.fileKey()) : null;
		}
		catch (IOException ex) {
			// gone between the listing and the look at it
			return null;
		}
	}

	private static BasicFileAttributes attributes(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	byte[] read(FileStamp stamp) throws IOException {
		try (SeekableByteChannel channel = Files.newByteChannel(stamp.file(),
				Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
				InputStream content = Channels.newInputStream(channel)) {
			byte[] bytes = content.readNBytes((int) this.maxFileSize + 1);
			if (bytes.length > this.maxFileSize) {
				throw new IOException("larger than " + this.maxFileSize + " bytes");
			}
			return bytes;
		}
	}

	/**
	 * What tells a changed file without reading it.
	 *
	 * @param file the real path
	 * @param size bytes
	 * @param modified milliseconds since the epoch
	 * @param key the file system's own identity of the file
	 */
	record FileStamp(Path file, long size, long modified, @Nullable Object key) {

	}

}
