# Sourced by ./dev: takes care that the Debian packages gilir needs are there, whoever calls and whatever is installed.
#
# need GROUP… looks for a file of each package of these groups, in the system or in build/deps. What is missing:
#   as root, apt-get installs it, provided that apt's own simulation removes and upgrades nothing;
#   everything else (as a user, or when installing would disturb the system) is downloaded and unpacked into build/deps.
# When the compiler itself has to be unpacked, build/deps becomes its sysroot and all libraries are taken there too.
# build/deps is replaced as a whole once everything is unpacked, so it is never half there. Exit status 69 when a
# package cannot be had; the message says what to do. Needs: root, deps (both absolute), say, fail.
# shellcheck disable=SC2154

# GROUP PACKAGE FILE [PROGRAM…]: the package is there when the file is (a pattern, below / or build/deps). A FILE in bin or
# sbin is a program that tests may start, and so are the PROGRAMs; tests find no other (tests/programs.py). A group that
# ends in "unpacked" is never installed: openssh-server, xrdp or etcd-server would start a service.
packages='
build         g++                              usr/bin/g++
build         binutils                         usr/bin/readelf as ld objdump
build         cmake                            usr/bin/cmake
build         ninja-build                      usr/bin/ninja
build         gettext                          usr/bin/msgfmt msgattrib msgcat msgcmp msgfilter msginit msgmerge xgettext
library       libboost1.81-dev                 usr/include/boost/describe.hpp
library       libboost-program-options1.81-dev usr/lib/*/cmake/boost_program_options-1.81.0
library       libboost-container1.81-dev       usr/lib/*/cmake/boost_container-1.81.0
library       libboost-system1.81-dev          usr/lib/*/cmake/boost_system-1.81.0
library       libboost-json1.81-dev            usr/lib/*/cmake/boost_json-1.81.0
library       libsqlite3-dev                   usr/lib/*/libsqlite3.a
library       nettle-dev                       usr/lib/*/libnettle.a
library       libutf8proc-dev                  usr/lib/*/libutf8proc.a
library       libfmt-dev                       usr/include/fmt/format.h
library       libssh-dev                       usr/include/libssh/libssh.h
library       libssl-dev                       usr/include/openssl/ssl.h
demo          openssh-client                   usr/bin/ssh ssh-add ssh-agent ssh-keygen ssh-keyscan
demo          python3                          usr/bin/python3
demo-unpacked openssh-server                   usr/sbin/sshd
demo-unpacked libwrap0                         usr/lib/*/libwrap.so.0
demo-unpacked libnss-wrapper                   usr/lib/*/libnss_wrapper.so
test          libcurl4-openssl-dev             usr/include/*/curl/curl.h
test          libgtest-dev                     usr/lib/*/libgtest.a
test          sqlite3                          usr/bin/sqlite3
test          strace                           usr/bin/strace
test          tmux                             usr/bin/tmux
test          zsh                              usr/bin/zsh
test          fish                             usr/bin/fish
test          vim                              usr/bin/vim.basic
test          htop                             usr/bin/htop
test          less                             usr/bin/less
test          mandoc                           usr/bin/mandoc
test          procps                           usr/bin/ps kill pgrep uptime
test-unpacked openssh-sftp-server              usr/lib/openssh/sftp-server
test-unpacked libpam-wrapper                   usr/lib/*/libpam_wrapper.so
rdp           freerdp2-x11                     usr/bin/xfreerdp
rdp           xvfb                             usr/bin/Xvfb
rdp           x11vnc                           usr/bin/x11vnc
rdp           openssl                          usr/bin/openssl
rdp-unpacked  xrdp                             usr/sbin/xrdp xrdp-keygen
nla-unpacked  freerdp2-shadow-x11              usr/bin/freerdp-shadow-cli
nla-unpacked  winpr-utils                      usr/bin/winpr-hash
clang         clang                            usr/bin/clang++
format        clang-format                     usr/bin/clang-format
peer          git                              usr/bin/git
peer          etcd-client                      usr/bin/etcdctl
peer          taskwarrior                      usr/bin/task
peer-unpacked etcd-server                      usr/bin/etcd
package       dpkg-dev                         usr/bin/dpkg-shlibdeps
package       libssh-4                         usr/lib/*/libssh.so.4
package       file                             usr/bin/file
fresh         mmdebstrap                       usr/bin/mmdebstrap
'
# What each command needs, by groups.
for_building='build library'
for_demo="$for_building demo demo-unpacked"
for_rdp_demo="$for_demo rdp rdp-unpacked"
for_tests="$for_rdp_demo test test-unpacked nla-unpacked"
# What a compiler in build/deps must find beside itself, even where the system has it.
toolchain='g++ g++-12 gcc gcc-12 cpp cpp-12 binutils libc6-dev linux-libc-dev libcrypt-dev libgcc-12-dev libstdc++-12-dev'

apt_options=(-qq -o=Dpkg::Use-Pty=0 -o=DPkg::Lock::Timeout=120 -o=APT::Sandbox::User=root)

there() { compgen -G "$1/$2" >/dev/null; }

# Prints what tests may start of these groups, a program a line.
programs_of() {
  local group package file more
  while read -r group package file more; do
    [[ -n $group && " $* " == *" $group "* ]] || continue
    [[ $file != usr/bin/* && $file != usr/sbin/* ]] || printf '%s\n' "${file##*/}"
    # shellcheck disable=SC2086
    [[ -z $more ]] || printf '%s\n' $more
  done <<<"$packages"
}

# Sets `missing` (of groups that may be installed) and `missing_unpacked` to package names.
look() {
  missing=() missing_unpacked=()
  local group package file _
  while read -r group package file _; do
    [[ -n $group && " $* " == *" $group "* ]] || continue
    if [[ $group == *unpacked ]]; then
      there "$deps" "$file" || missing_unpacked+=("$package")
    elif [[ $package == *-dev && -e $deps/toolchain/g++ ]]; then
      there "$deps" "$file" || missing+=("$package")
    else
      there '' "$file" || there "$deps" "$file" || missing+=("$package")
    fi
  done <<<"$packages"
}

need() {
  local missing missing_unpacked
  look "$@"
  if ((${#missing[@]} + ${#missing_unpacked[@]})); then
    mkdir -p "$root/build" || fail 69 "build/ cannot be written"
    exec {setup_lock}>"$root/build/.setup.lock"
    flock "$setup_lock"
    look "$@" # another ./dev may just have done it
    if ((${#missing[@]} + ${#missing_unpacked[@]})); then
      obtain
      look "$@"
    fi
    exec {setup_lock}>&-
    ((${#missing[@]} + ${#missing_unpacked[@]})) && give_up "${missing[@]}" "${missing_unpacked[@]}"
  fi
  use_unpacked
}

give_up() {
  say "These Debian packages could not be had: $*"
  if ((EUID == 0)); then
    say "Is a Debian 12 archive in /etc/apt/sources.list, and can it be reached? apt's words: build/apt.log"
  else
    say "An administrator can get them where the Debian archive can be reached: cd $root && ./dev setup"
  fi
  fail 69 "set-up is not complete"
}

# Puts programs and libraries of build/deps on the way of everything that ./dev starts.
use_unpacked() {
  compgen -G "$deps/usr/bin/*" >/dev/null || return 0
  PATH=$deps/usr/bin:$PATH
  [[ -e $deps/toolchain/g++ ]] && export CXX=$deps/toolchain/g++
  local libraries
  # PulseAudio keeps a library of its own, which xfreerdp needs.
  libraries=$({ compgen -G "$deps/usr/lib/*-linux-gnu*"; compgen -G "$deps/usr/lib/*-linux-gnu*/pulseaudio"; } | tr '\n' ':')
  [[ ! -e $deps/usr/bin/openssl ]] || export OPENSSL_CONF=$deps/etc/ssl/openssl.cnf
  local modules
  modules=$(compgen -G "$deps/usr/lib/*/ossl-modules") && export OPENSSL_MODULES=$modules
  export PATH LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

obtain() {
  command -v apt-get >/dev/null || give_up "${missing[@]}" "${missing_unpacked[@]}"
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
  [[ -w /tmp ]] || export TMPDIR=$root/build
  local all=("${missing[@]}" "${missing_unpacked[@]}")
  say "Set-up: not found here: ${all[*]}"
  know_packages "${missing[@]}" "${missing_unpacked[@]}"
  local unpack=()
  if ((${#missing[@]})); then
    if ((EUID == 0)); then
      install_harmless
    else
      say "Not root: nothing is installed, everything goes into build/deps."
      unpack=("${missing[@]}")
    fi
  fi
  unpack+=("${missing_unpacked[@]}")
  ((${#unpack[@]} == 0)) || unpack_into_deps "${unpack[@]}"
}

# Package lists: the system's when they know each of the packages, else fetched; a user fetches lists of their own.
know_packages() {
  knows_each "$@" || refresh_lists
}

# True when an archive has each of these packages. Names are compared as a whole: apt takes "g++" for a pattern too, and
# knows an installed package that no archive has.
knows_each() {
  local name known
  known=$(apt-cache "${apt_options[@]}" madison "$@" 2>/dev/null | awk '{ print $1 }')
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$known" || return 1
  done
}

refresh_lists() {
  say "Fetching Debian's package lists."
  if ((EUID != 0)); then
    mkdir -p "$root/build/apt/lists/partial" "$root/build/apt/cache/archives/partial"
    apt_options+=(-o=Dir::State::Lists="$root/build/apt/lists" -o=Dir::Cache="$root/build/apt/cache")
  fi
  apt-get "${apt_options[@]}" update || say "The package lists could not be fetched; trying with what is there."
}

# True when installing these packages removes nothing and upgrades nothing.
harmless() {
  local plan
  plan=$(apt-get "${apt_options[@]/-qq/-q}" -s --no-install-recommends install "$@" 2>/dev/null) || return 1
  ! grep -qE '^Remv |^Inst [^ ]+ \[' <<<"$plan"
}

# Installs what apt's simulation calls harmless; the rest is left in `unpack`.
install_harmless() {
  # The commonest reason to fail is a list older than the archive.
  install_good || { refresh_lists; install_good; } || { tail -n 5 "$root/build/apt.log" >&2; unpack=("${missing[@]}"); }
}

install_good() {
  local good=() package
  unpack=()
  if harmless "${missing[@]}"; then
    good=("${missing[@]}")
  else
    for package in "${missing[@]}"; do
      if harmless "${good[@]}" "$package"; then
        good+=("$package")
      else
        unpack+=("$package")
      fi
    done
    say "Installing would remove or upgrade packages of this system, so these go into build/deps: ${unpack[*]}"
  fi
  ((${#good[@]})) || return 0
  say "Installing ${good[*]}"
  apt-get "${apt_options[@]}" -y --no-install-recommends install "${good[@]}" >"$root/build/apt.log" 2>&1
}

# The packages and what they depend on that is not installed, as NAME=VERSION.
closure() {
  local plan
  plan=$(apt-get "${apt_options[@]/-qq/-q}" -s --no-install-recommends install "$@" 2>/dev/null)
  # The C library itself stays the system's: programs run with its loader. dpkg-style scripts are not run here, so
  # packages that only matter to a running system are left out as well.
  sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*/\1 \3/p' <<<"$plan" |
    grep -vE '^(libc6|libc-bin|libc-l10n|locales|base-files|dpkg|apt|init-system-helpers|runit-helper|ucf|adduser) ' |
    sed 's/ /=/'
}

unpack_into_deps() {
  local wanted=("$@") archives=$root/build/apt/archives staged=$root/build/deps.new list=() name
  if [[ " ${wanted[*]} " == *' g++ '* ]]; then
    # shellcheck disable=SC2206
    wanted+=($toolchain)
    while read -r group name _; do [[ $name == *-dev ]] && wanted+=("$name"); done <<<"$packages"
  fi
  mapfile -t list < <(closure "${wanted[@]}")
  for name in "${wanted[@]}"; do
    [[ " ${list[*]%%=*} " == *" $name "* ]] || list+=("$name")
  done
  rm -rf "$archives" "$staged"
  mkdir -p "$archives"
  say "Unpacking ${#list[@]} packages into build/deps."
  if ! (cd "$archives" && apt-get "${apt_options[@]}" download "${list[@]}" >"$root/build/apt.log" 2>&1); then
    refresh_lists
    mapfile -t list < <(closure "${wanted[@]}")
    (cd "$archives" && apt-get "${apt_options[@]}" download "${list[@]}" "${wanted[@]}" >"$root/build/apt.log" 2>&1) ||
      { tail -n 5 "$root/build/apt.log" >&2; return 1; }
  fi
  if [[ -d $deps ]]; then cp -al "$deps" "$staged"; else mkdir -p "$staged"; fi
  mkdir -p "$staged/usr/lib" "$staged/usr/bin" "$staged/usr/sbin" "$staged/usr/lib64"
  for name in bin sbin lib lib64; do [[ -e $staged/$name ]] || ln -s "usr/$name" "$staged/$name"; done
  for name in "$archives"/*.deb; do
    dpkg-deb --fsys-tarfile "$name" | tar -x --keep-directory-symlink --no-same-owner -C "$staged" ||
      fail 69 "$name could not be unpacked"
  done
  mend_links "$staged"
  # fish looks for its files beside its own folder, and only where it finds both of share and etc.
  ln -sfn ../etc "$staged/usr/etc"
  [[ -e $staged/usr/bin/g++ ]] && make_toolchain "$staged"
  rm -rf "$deps.old"
  [[ ! -d $deps ]] || mv "$deps" "$deps.old"
  mv "$staged" "$deps"
  rm -rf "$deps.old" "$archives"
}

# A development link (libssh.so) may point at a library that the system has, or absolutely at one unpacked here.
mend_links() {
  local link target folder
  while read -r link; do
    target=$(readlink "$link")
    folder=${link%/*}
    if [[ $target == /* && -e $1$target ]]; then
      ln -sfn "$1$target" "$link" && ln -sfnr "$1$target" "$link"
    elif [[ $target != */* ]]; then
      for place in "${folder#"$1"}" "/usr/lib/${folder##*/}"; do
        [[ -e $place/$target ]] && ln -sfn "$place/$target" "$folder/$target" && break
      done
    fi
  done < <(find "$1" -xtype l)
}

# A compiler that finds headers and libraries in build/deps and the system's C library behind them.
make_toolchain() {
  local triplet library
  triplet=$(basename "$(dirname "$(compgen -G "$1/usr/lib/*/libc.so" | head -n 1)")")
  for library in libc.so.6 libm.so.6 libmvec.so.1 libgcc_s.so.1 libpthread.so.0; do
    [[ -e $1/usr/lib/$triplet/$library || ! -e /lib/$triplet/$library ]] ||
      ln -sfn "/lib/$triplet/$library" "$1/usr/lib/$triplet/$library"
  done
  for library in /lib64/ld-linux* /lib/ld-linux* /lib/"$triplet"/ld-linux*; do
    [[ ! -e $library || -e $1$library ]] || ln -sfn "$library" "$1$library"
  done
  mkdir -p "$1/toolchain"
  cat >"$1/toolchain/g++" <<END
#!/bin/sh
here=\$(dirname "\$(dirname "\$(readlink -f "\$0")")")
exec "\$here/usr/bin/$triplet-g++-12" --sysroot="\$here" \\
  "-Wl,-rpath-link,/usr/lib/$triplet:/lib/$triplet" "\$@"
END
  chmod +x "$1/toolchain/g++"
}
