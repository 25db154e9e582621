//! A way between two programs that can be bad: slow, cut in the middle of what is said, closed on one side alone, or
//! closed to whoever comes.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

/// How the way is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Manner {
    /// Everything gets through.
    Open,
    /// Every piece takes so long.
    Slow(Duration),
    /// Every so many pieces half of one gets through, and then nothing in either direction.
    Cuts(u64),
    /// The same, but what comes from the other side still gets through.
    HalfCloses(u64),
    /// Whoever comes is sent away, and whoever is there.
    Closed,
}

/// A proxy on a port of its own.
pub(super) struct Proxy {
    way: Arc<Way>,
    /// Where to connect instead of to the program behind it.
    pub(super) address: SocketAddr,
}

struct Way {
    there: SocketAddr,
    manner: Mutex<Manner>,
    pieces: AtomicU64,
    over: AtomicBool,
    pairs: Mutex<Vec<Arc<Pair>>>,
}

/// A connection, as both sides have it.
struct Pair {
    ends: [TcpStream; 2],
    /// It was half closed: nothing that is said on it can be relied on.
    hurt: AtomicBool,
    gone: AtomicBool,
}

impl Pair {
    fn cut(&self) {
        self.gone.store(true, Ordering::SeqCst);
        for end in &self.ends {
            // The other side may have closed it before.
            drop(end.shutdown(Shutdown::Both));
        }
    }
}

impl Proxy {
    /// Stands before a program. Its way is open.
    pub(super) fn before(there: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let way = Arc::new(Way {
            there,
            manner: Mutex::new(Manner::Open),
            pieces: AtomicU64::new(0),
            over: AtomicBool::new(false),
            pairs: Mutex::default(),
        });
        let same = Arc::clone(&way);
        thread::spawn(move || {
            for client in listener.incoming() {
                if same.over.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(client) = client {
                    // Who cannot be connected hears it by the end of the connection.
                    drop(same.connect(client));
                }
            }
        });
        Self { way, address }
    }

    /// From now on the way is like this. Once it is open, what was half closed is cut: nobody hangs on it.
    pub(super) fn becomes(&self, manner: Manner) {
        *self.way.manner.lock().unwrap() = manner;
        let mut pairs = self.way.pairs.lock().unwrap();
        for pair in pairs.iter() {
            if manner == Manner::Closed || (manner == Manner::Open && pair.hurt.load(Ordering::SeqCst)) {
                pair.cut();
            }
        }
        pairs.retain(|pair| !pair.gone.load(Ordering::SeqCst));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.way.over.store(true, Ordering::SeqCst);
        self.becomes(Manner::Closed);
        // Whoever waits for the next connection gets one, and ends.
        drop(TcpStream::connect(self.address));
    }
}

impl Way {
    fn connect(self: &Arc<Self>, client: TcpStream) -> io::Result<()> {
        if *self.manner.lock().unwrap() == Manner::Closed {
            return Ok(());
        }
        let server = TcpStream::connect(self.there)?;
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let pair = Arc::new(Pair {
            ends: [client.try_clone()?, server.try_clone()?],
            hurt: AtomicBool::new(false),
            gone: AtomicBool::new(false),
        });
        self.pairs.lock().unwrap().push(Arc::clone(&pair));
        for (from, to) in [(client.try_clone()?, server.try_clone()?), (server, client)] {
            let (way, pair) = (Arc::clone(self), Arc::clone(&pair));
            thread::spawn(move || {
                if way.carry(from, to, &pair).is_err() {
                    pair.cut();
                }
            });
        }
        Ok(())
    }

    /// Carries one direction until it ends.
    fn carry(&self, mut from: TcpStream, mut to: TcpStream, pair: &Pair) -> io::Result<()> {
        let mut bytes = vec![0; 16 * 1024];
        loop {
            let count = from.read(&mut bytes)?;
            if count == 0 {
                return to.shutdown(Shutdown::Write);
            }
            let piece = &bytes[..count];
            let number = self.pieces.fetch_add(1, Ordering::Relaxed);
            let manner = *self.manner.lock().unwrap();
            match manner {
                Manner::Slow(delay) => thread::sleep(delay),
                Manner::Cuts(every) if number.is_multiple_of(every) => {
                    to.write_all(&piece[..count / 2])?;
                    pair.cut();
                    return Ok(());
                }
                Manner::HalfCloses(every) if number.is_multiple_of(every) => {
                    to.write_all(&piece[..count / 2])?;
                    pair.hurt.store(true, Ordering::SeqCst);
                    return to.shutdown(Shutdown::Write);
                }
                Manner::Open | Manner::Cuts(_) | Manner::HalfCloses(_) | Manner::Closed => {}
            }
            to.write_all(piece)?;
        }
    }
}

/// A server that says back what it hears, and a client on the other side of a proxy.
fn echo() -> (Proxy, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let proxy = Proxy::before(listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || io::copy(&mut stream.try_clone().unwrap(), &mut stream));
        }
    });
    let client = TcpStream::connect(proxy.address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    (proxy, client)
}

#[test]
fn the_proxy_carries_delays_cuts_half_closes_and_closes() {
    let say = |client: &mut TcpStream| {
        client.write_all(b"12345678")?;
        let mut heard = [0; 8];
        client.read_exact(&mut heard).map(|()| heard)
    };
    let (proxy, mut client) = echo();
    for manner in [Manner::Open, Manner::Slow(Duration::from_millis(5))] {
        proxy.becomes(manner);
        assert_eq!(&say(&mut client).unwrap(), b"12345678", "{manner:?}");
    }
    for manner in [Manner::Cuts(1), Manner::HalfCloses(1), Manner::Closed] {
        let (proxy, mut client) = echo();
        assert_eq!(&say(&mut client).unwrap(), b"12345678");
        proxy.becomes(manner);
        assert!(say(&mut client).is_err(), "{manner:?}");
        proxy.becomes(Manner::Open);
        let mut next = TcpStream::connect(proxy.address).unwrap();
        assert_eq!(&say(&mut next).unwrap(), b"12345678", "after {manner:?}");
    }
}
